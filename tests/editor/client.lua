-- What a user of Neovim's built-in client does, as functions that wait for what they ask for.
-- `play` runs a journey and leaves a report; whatever goes wrong in it is the report's `error`.

local M = { report = {} }

local settings = vim.fn.json_decode(vim.env.CODEACT_JOURNEY)
local patience_ms = 60000
local published = 0
local ended = {}

local function publish(...)
  published = published + 1
  return vim.lsp.handlers['textDocument/publishDiagnostics'](...)
end

-- Waits until `found` returns something true, and returns that.
function M.await(what, found)
  local result
  local met = vim.wait(patience_ms, function()
    result = found()
    return result
  end, 20)
  return met and result or error('waited in vain for ' .. what, 2)
end

-- Opens the plan and attaches the server; returns once the server has said what it thinks of it.
function M.open()
  vim.cmd('edit ' .. vim.fn.fnameescape(settings.plan))
  M.client = vim.lsp.start_client {
    name = 'codeact',
    cmd = settings.server,
    root_dir = vim.fn.fnamemodify(settings.plan, ':h'),
    handlers = { ['textDocument/publishDiagnostics'] = publish },
    on_exit = function(code, signal)
      ended = { code = code, signal = signal }
    end,
  }
  vim.lsp.buf_attach_client(0, M.client)
  M.await('the first diagnostics', function()
    return published > 0
  end)
end

-- The diagnostics of severity error, in Neovim's terms: 0-based lines, 0-based columns in bytes.
function M.errors()
  return vim.tbl_map(function(found)
    return {
      message = found.message,
      range = { found.lnum, found.col, found.end_lnum, found.end_col },
      source = found.source,
      text = vim.fn.getline(found.lnum + 1):sub(found.col + 1, found.end_col),
    }
  end, vim.diagnostic.get(0, { severity = vim.diagnostic.severity.ERROR }))
end

function M.an_error()
  return M.await('a diagnostic of severity error', function()
    return M.errors()[1]
  end)
end

-- The titles of the lenses above a line (1-based) as they were last shown.
function M.lenses(line)
  local titles = {}
  for _, lens in ipairs(vim.lsp.codelens.get(0)) do
    -- What a run of the plan would do is told a little later.
    if lens.command and lens.range.start.line == line - 1 then
      table.insert(titles, lens.command.title)
    end
  end
  return titles
end

-- Asks for the lenses until the first one above a line is titled so.
function M.await_lens(line, title)
  return M.await('the lens ' .. title, function()
    vim.lsp.codelens.refresh()
    return vim.startswith(M.lenses(line)[1] or '', title)
  end)
end

-- Runs the lens above a line as a user does, with the caret there.
function M.run_lens(line)
  vim.api.nvim_win_set_cursor(0, { line, 0 })
  M.await('a lens that can be run', function()
    return #M.lenses(line) > 0
  end)
  vim.lsp.codelens.run()
end

-- The titles of the quick fixes at the caret, as soon as there are any.
function M.offered()
  return M.await('a quick fix', function()
    local params = vim.lsp.util.make_range_params()
    params.context = { diagnostics = {}, only = { 'quickfix' } }
    local answers = vim.lsp.buf_request_sync(0, 'textDocument/codeAction', params, patience_ms)
    local actions = (answers or {})[M.client].result or {}
    return #actions > 0 and vim.tbl_map(function(action)
      return action.title
    end, actions)
  end)
end

-- Chooses the first code action from the menu that Neovim shows at the caret.
function M.choose_first_action()
  local before = vim.api.nvim_buf_get_changedtick(0)
  vim.ui.select = function(items, options, chosen)
    M.report['menu entry'] = options.format_item(items[1])
    chosen(items[1], 1)
  end
  vim.lsp.buf.code_action()
  M.await('the edit', function()
    return vim.api.nvim_buf_get_changedtick(0) > before
  end)
end

local function await_end()
  return M.await('the end of the server', function()
    return ended.code and ended
  end)
end

-- Stops the server as the protocol wants it; returns how it ended.
function M.stop()
  vim.lsp.get_client_by_id(M.client).stop()
  return await_end()
end

-- Has the system end the server, which then can do nothing more; returns how it ended.
function M.kill()
  vim.loop.kill(vim.lsp.get_client_by_id(M.client).rpc.pid, 'sigkill')
  return await_end()
end

-- Runs a journey, writes its report, and leaves Neovim: with status 1 if the journey failed.
function M.play(journey)
  local fine, reason = xpcall(journey, debug.traceback)
  M.report.error = not fine and reason or nil
  M.report.messages = vim.fn.execute('messages')
  vim.fn.writefile({ vim.fn.json_encode(M.report) }, settings.report)
  vim.cmd(fine and 'qall' or 'cquit 1')
end

return M
