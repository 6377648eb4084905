-- Open a plan that misspells a column, run it, take the fix, run it again, save and quit.

local here = debug.getinfo(1, 'S').source:sub(2):match('(.*/)')
local client = dofile(here .. 'client.lua')
local report = client.report

client.play(function()
  client.open()
  report['errors before the run'] = client.errors()

  client.await_lens(1, '▶ Run plan')
  report['lenses on the plan'] = client.lenses(1)
  report['lenses on a node'] = client.lenses(vim.fn.search('^def monthly'))
  client.run_lens(1)

  local failure = client.an_error()
  report['failure'] = failure
  vim.api.nvim_win_set_cursor(0, { failure.range[1] + 1, failure.range[2] })
  report['offered'] = client.offered()
  client.choose_first_action()

  client.await('the diagnostic to go', function()
    return #client.errors() == 0
  end)
  report['unsaved'] = vim.bo.modified

  -- All that follows ran while the fix was tried.
  client.await_lens(1, '▶ Run plan (0 of 9 to run)')
  client.run_lens(1)
  local last = vim.fn.search('^def answer')
  client.await('the state of the last node', function()
    return #client.lenses(last) == 2
  end)
  report['errors after the second run'] = client.errors()
  report['state of the last node'] = client.lenses(last)

  vim.cmd('write')
end)
