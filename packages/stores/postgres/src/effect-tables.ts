const sameLane = (one: string, other: string): string =>
  ['tenant', 'kind', 'key', 'destination']
    .map((name) => `${one}.${name} = ${other}.${name}`)
    .join(' AND ')

/**
 * Which attempts at effects failed and which leases were lost; and which effects wait behind another of their aggregate and
 * destination, so that any number of these is passed over when effects are claimed. A trigger says so, for the processes
 * of the release before as well.
 */
export const effectTables = `
ALTER TABLE effect ADD COLUMN attempts_failed integer NOT NULL DEFAULT 0,
  ADD COLUMN leases_lost integer NOT NULL DEFAULT 0, ADD COLUMN leased boolean NOT NULL DEFAULT false,
  ADD COLUMN behind boolean NOT NULL DEFAULT false;

UPDATE effect SET behind = true WHERE state = 'waiting' AND EXISTS (
  SELECT 1 FROM effect AS earlier WHERE earlier.state = 'waiting' AND ${sameLane('earlier', 'effect')}
  AND earlier.position < effect.position);

CREATE FUNCTION order_effects() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  first bigint := (SELECT min(position) FROM effect WHERE state = 'waiting' AND ${sameLane('effect', 'new')});
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF new.position > first THEN UPDATE effect SET behind = true WHERE position = new.position; END IF;
  ELSIF new.state <> 'waiting' THEN
    UPDATE effect SET behind = false WHERE position = first AND behind;
  ELSE
    UPDATE effect SET behind = position > first WHERE position = new.position OR position IN (
      SELECT position FROM effect WHERE state = 'waiting' AND ${sameLane('effect', 'new')}
      ORDER BY position LIMIT 2);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER effect_comes AFTER INSERT ON effect FOR EACH ROW
  WHEN (new.state = 'waiting') EXECUTE FUNCTION order_effects();
CREATE TRIGGER effect_moves AFTER UPDATE OF state ON effect FOR EACH ROW
  WHEN ((old.state = 'waiting') <> (new.state = 'waiting')) EXECUTE FUNCTION order_effects();
`

/** By which effects that may be taken are found. */
export const effectIndex = {
  index: 'effect_ready',
  on: `effect (tenant, destination, not_before_moment, position) WHERE state = 'waiting' AND NOT behind`,
} as const

/** What nobody looks effects up by any more. */
export const effectIndexGone = 'DROP INDEX effect_waiting;'
