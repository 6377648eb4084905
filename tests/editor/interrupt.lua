-- Edit while a plan runs, cancel it, run it again, and lose the server in the middle of that.

local here = debug.getinfo(1, 'S').source:sub(2):match('(.*/)')
local client = dofile(here .. 'client.lua')
local report = client.report
local line = { plan = 1, culprit = 16 }

local function errors_become(what, count)
  client.await(what, function()
    return #client.errors() == count
  end)
  return client.errors()
end

client.play(function()
  client.open()
  client.await_lens(line.plan, '▶ Run plan')
  client.run_lens(line.plan)
  report['failure'] = client.an_error()
  report['lens while it runs'] = client.await_lens(line.plan, '■ Cancel') and client.lenses(line.plan)

  vim.api.nvim_buf_set_lines(0, 0, 0, false, { '# A line above.' })
  client.await('the failure to move', function()
    local found = client.errors()[1]
    return found and found.range[1] == line.culprit
  end)
  report['failure below a new line'] = client.an_error()
  vim.cmd('silent undo')

  client.await_lens(line.plan, '■ Cancel')
  client.run_lens(line.plan)
  client.await_lens(line.plan, '▶ Run plan')
  report['failure after the cancel'] = client.an_error()

  vim.fn.setline(line.culprit, '    return row')
  report['errors once the line is another'] = errors_become('the failure to go', 0)
  vim.cmd('silent undo')
  report['failure after the undo'] = errors_become('the failure to come back', 1)[1]

  client.run_lens(line.plan)
  client.await_lens(line.plan, '■ Cancel')
  report['server'] = client.kill()
end)
