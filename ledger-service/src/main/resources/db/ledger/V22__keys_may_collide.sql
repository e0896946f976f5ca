-- The index's key is half of a digest over what the submitter chose, and two choices with one key take 2^64
-- tries: too few, when such a pair would stop the log for everybody. So two tokens may share a key, and
-- whoever finds a row compares the whole token. That no unique token gets in twice is for the head's row to
-- see to: whoever adds tokens holds its lock from before he looks, or swaps it from what he saw.
DROP INDEX match_token_unique;
CREATE INDEX match_token_unique ON match_token (key) WHERE kind = 'unique';
