const sameLane = (one: string, other: string): string =>
  ['tenant', 'kind', 'key', 'destination']
    .map((name) => `${one}.${name} = ${other}.${name}`)
    .join(' AND ')

/** What waits longest in the lane of the row a trigger runs for. */
const firstOfLane = `(SELECT min(position) FROM effect WHERE state = 'waiting' AND ${sameLane('effect', 'new')})`

/**
 * Which attempts at effects failed and which leases were lost; and which effects wait behind another of their aggregate and
 * destination, so that any number of these is passed over when effects are claimed. Triggers say so, for the processes
 * of the release before as well.
 */
export const effectTables = `
ALTER TABLE effect ADD COLUMN attempts_failed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE effect ADD COLUMN leases_lost INTEGER NOT NULL DEFAULT 0;
ALTER TABLE effect ADD COLUMN leased INTEGER NOT NULL DEFAULT 0;
ALTER TABLE effect ADD COLUMN behind INTEGER NOT NULL DEFAULT 0;

UPDATE effect SET behind = 1 WHERE state = 'waiting' AND EXISTS (
  SELECT 1 FROM effect AS earlier WHERE earlier.state = 'waiting' AND ${sameLane('earlier', 'effect')}
  AND earlier.position < effect.position);

CREATE TRIGGER effect_comes AFTER INSERT ON effect WHEN new.state = 'waiting' AND new.position > ${firstOfLane}
BEGIN
  UPDATE effect SET behind = 1 WHERE position = new.position;
END;

CREATE TRIGGER effect_goes AFTER UPDATE OF state ON effect WHEN old.state = 'waiting' AND new.state <> 'waiting'
BEGIN
  UPDATE effect SET behind = 0 WHERE position = ${firstOfLane};
END;

CREATE TRIGGER effect_comes_back AFTER UPDATE OF state ON effect
WHEN old.state <> 'waiting' AND new.state = 'waiting'
BEGIN
  UPDATE effect SET behind = position > ${firstOfLane} WHERE position = new.position OR position IN (
    SELECT position FROM effect WHERE state = 'waiting' AND ${sameLane('effect', 'new')} ORDER BY position LIMIT 2);
END;

DROP INDEX effect_waiting;
CREATE INDEX effect_ready ON effect (tenant, destination, not_before_moment, position)
  WHERE state = 'waiting' AND behind = 0;
`
