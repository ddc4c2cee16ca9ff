-- Collects marks of a day beside it, page by page, until people_open.lua puts them in its place.
--
-- Guarantee: a delivery is marked once, however often it is read.
--
-- KEYS  1 the day (see people_admit.lua for its shape), 2 where its marks are collected, used by this claim alone
-- ARGV  1 the claim, 2 lifetime in ms of an unfinished rebuild, then for each mark: person, content and delivery
-- Reply 1 collected; 0 the claim is gone: start over
local run_id = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
if redis.call('HGET', KEYS[1], 'claim:' .. ARGV[1]) ~= run_id then return 0 end

for a = 3, #ARGV, 2 do
  local person, mark = ARGV[a], ARGV[a + 1]
  local marks = redis.call('HGET', KEYS[2], person) or ''
  local known = false
  for at = 1, #marks, 22 do
    known = known or string.sub(marks, at + 11, at + 21) == string.sub(mark, 12)
  end
  if not known then redis.call('HSET', KEYS[2], person, marks .. mark) end
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
redis.call('PEXPIRE', KEYS[2], ARGV[2])
return 1
