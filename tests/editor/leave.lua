-- Close Neovim while a plan runs.

local here = debug.getinfo(1, 'S').source:sub(2):match('(.*/)')
local client = dofile(here .. 'client.lua')

client.play(function()
  client.open()
  client.await_lens(1, '▶ Run plan')
  client.run_lens(1)
  client.await_lens(1, '■ Cancel')
end)
