-- Marks the people who may get a content today, and says who may not.
--
-- Guarantee: nobody gets more marks than the day allows, nor a second mark with the same content where that is forbidden; a delivery that has its mark is
-- always let go and never marked again. A day whose state was lost admits nobody: it must carry the run id of this very server process.
--
-- A day is one hash: 'run' -> the run id (the state is whole), and for each person 11 characters that name them -> their marks, 22 characters each: content,
-- then delivery. One key, so that no part of it can be evicted or expire without the rest.
--
-- KEYS  1 the day
-- ARGV  1 most marks of a person, 2 '1' when the same content goes once, 3 the content, then for each traveller: person, delivery
-- Reply for each traveller 0 go, 1 same content, 2 day limit; or {-1}: the day's state is lost
local run_id = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
if redis.call('HGET', KEYS[1], 'run') ~= run_id then return {-1} end

local most, once, content = tonumber(ARGV[1]), ARGV[2] == '1', ARGV[3]

local function verdict(marks, delivery)
  local same = false
  for at = 1, #marks, 22 do
    if string.sub(marks, at + 11, at + 21) == delivery then return 0, true end
    same = same or string.sub(marks, at, at + 10) == content
  end
  if once and same then return 1 end
  if #marks / 22 >= most then return 2 end
  return 0, false
end

local verdicts = {}
for a = 4, #ARGV, 2 do
  local person, delivery = ARGV[a], ARGV[a + 1]
  local marks = redis.call('HGET', KEYS[1], person) or ''
  local said, marked = verdict(marks, delivery)
  if said == 0 and not marked then redis.call('HSET', KEYS[1], person, marks .. content .. delivery) end
  verdicts[#verdicts + 1] = said
end
return verdicts
