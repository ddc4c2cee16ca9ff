-- Answers questions for slots at the gates of one scope, one after the other: each gets slots at all of these gates, or none.
--
-- Guarantee: at any moment, the units of those calls that may be under way never exceed the ceiling that was asked for. A slot that is free within the lead
-- is granted before it is, with the time that the call must still wait; the sum is above the ceiling until then. A gate whose state was lost grants nothing:
-- its key must carry the run id of this very server process, which a restart, a failover or a flush cannot leave behind. Time is this server's clock; when it is
-- set back, what was held before is held for one hold more, not for as long as it was set back.
--
-- A gate is one sorted set: 'run:<run id>' with score 0 (the state is whole), 'taken' with score minus the units held, and '<units>:<token>' with the
-- microsecond at which these units are free again. One key, so that no part of it can be evicted or expire without the rest.
--
-- KEYS  the gates
-- ARGV  1 lifetime of an unused gate in ms, 2 lead in microseconds, then for each gate its hold in microseconds, then for each question its token and for
--       each gate: units, ceiling. At most 128 questions.
-- Reply for each question {1, micros} taken, to be used after that long; {0, n, micros} the n-th gate refuses for that long, the longest of all; {-1, n} the
--       state of the n-th gate is lost. One answer alone, of this last kind, holds for all questions.
local run = 'run:' .. string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
local lead = tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local first_question, question_size = 3 + #KEYS, 1 + 2 * #KEYS

local function units_of(entry)
  return tonumber(string.match(entry, '^%d+'))
end

-- At most 1,000 at a time: a longer rest stays held a little longer, and no call blocks the server.
local function free_what_is_due(key)
  local due = redis.call('ZRANGEBYSCORE', key, '(0', now, 'LIMIT', 0, 1000)
  if #due > 0 then
    local freed = 0
    for _, entry in ipairs(due) do freed = freed + units_of(entry) end
    redis.call('ZREM', key, unpack(due))
    redis.call('ZINCRBY', key, freed, 'taken')
  end
end

-- Looks at 512 entries at most, read once. When these are not enough, the answer is more than the lead, so that nothing is granted, and may be too early: the
-- caller asks again. What was granted to earlier questions is free last, so it is not among them.
local entries_of = {}
local function micros_until_free(key, missing)
  entries_of[key] = entries_of[key] or redis.call('ZRANGEBYSCORE', key, '(0', '+inf', 'WITHSCORES', 'LIMIT', 0, 512)
  local entries = entries_of[key]
  local free_at = now
  for e = 1, #entries, 2 do
    free_at = tonumber(entries[e + 1])
    missing = missing - units_of(entries[e])
    if missing <= 0 then return free_at - now end
  end
  return math.max(free_at - now, lead + 1)
end

-- Nobody holds anything for longer than the hold, unless the clock was set back. At most 1,000 at a time: whoever asks again sees to the rest.
local function hold_anew(key, hold)
  for _, entry in ipairs(redis.call('ZRANGEBYSCORE', key, string.format('(%.0f', now + hold), '+inf', 'LIMIT', 0, 1000)) do
    redis.call('ZADD', key, now + hold, entry)
  end
end

for n, key in ipairs(KEYS) do
  if not redis.call('ZSCORE', key, run) then return {{-1, n}} end
end

local taken, granted = {}, {}
for n, key in ipairs(KEYS) do
  free_what_is_due(key)
  taken[n] = -tonumber(redis.call('ZSCORE', key, 'taken') or 0)
  granted[n] = {}
end

-- How long the gates refuse what is asked from this argument on, and which of them the longest.
local function refusal(question)
  local longest, binding = 0, 0
  for n, key in ipairs(KEYS) do
    local units, ceiling = tonumber(ARGV[question + 2 * n - 1]), tonumber(ARGV[question + 2 * n])
    if taken[n] + units > ceiling then
      local wait, hold = micros_until_free(key, taken[n] + units - ceiling), tonumber(ARGV[2 + n])
      if wait > hold then
        hold_anew(key, hold)
        wait = hold
      end
      if wait > longest then longest, binding = wait, n end
    end
  end
  return longest, binding
end

local answers = {}
for question = first_question, #ARGV, question_size do
  local wait, binding = refusal(question)
  if wait > lead then
    answers[#answers + 1] = {0, binding, wait - lead}
  else
    for n in ipairs(KEYS) do
      local units, entry = ARGV[question + 2 * n - 1], granted[n]
      entry[#entry + 1] = now + ARGV[2 + n]
      entry[#entry + 1] = units .. ':' .. ARGV[question]
      taken[n] = taken[n] + units
    end
    answers[#answers + 1] = {1, wait}
  end
end

for n, key in ipairs(KEYS) do
  if #granted[n] > 0 then
    redis.call('ZADD', key, -taken[n], 'taken', unpack(granted[n]))
    redis.call('PEXPIRE', key, ARGV[1])
  end
end
return answers
