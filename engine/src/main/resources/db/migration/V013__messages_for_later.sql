-- A lane's queue in the order of service, with the moment from which on a message may go: what is for later is passed over in the index, where a look at all that is
-- open read the row of each. With some hundred thousand of them that took most of a second, and looks of other lanes waited behind it. What is being cancelled may
-- end at once. Messages cannot be accepted while this index is built.
DROP INDEX submission_queue;
CREATE INDEX submission_queue ON submission
  (channel_id, priority, deliver_by, id, (CASE WHEN state = 3 THEN '-infinity' ELSE coalesce(not_before, '-infinity') END))
  WHERE state IN (1, 3);

-- When the next one may go: a lane asks with each look, and looks again in that moment.
CREATE INDEX submission_later ON submission (channel_id, not_before) WHERE state = 1 AND not_before IS NOT NULL;
