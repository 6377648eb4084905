-- Run a plan that fails to the right of characters of two UTF-16 code units and four bytes.

local here = debug.getinfo(1, 'S').source:sub(2):match('(.*/)')
local client = dofile(here .. 'client.lua')
local report = client.report

client.play(function()
  client.open()
  report['errors before the run'] = client.errors()
  client.await_lens(1, '▶ Run plan')
  client.run_lens(1)
  report['failure'] = client.an_error()
  report['server'] = client.stop()
end)
