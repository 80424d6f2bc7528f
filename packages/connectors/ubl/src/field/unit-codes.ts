/**
 * What senders write instead of a UN/ECE Recommendation 20 code: EDIFACT and X12 codes, Recommendation 21 packages
 * without their X, and plain words. None of them is a code of revision 11e with another meaning. `ST` and `PL` are
 * left out, since a sheet, a piece and a set, or a pail and a pallet, cannot be told apart.
 */
export const unitsByWildCode: ReadonlyMap<string, string> = new Map([
  ['BOX', 'XBX'],
  ['BOXES', 'XBX'],
  ['BX', 'XBX'],
  ['CARTON', 'XCT'],
  ['CARTONS', 'XCT'],
  ['CASE', 'XCS'],
  ['CASES', 'XCS'],
  ['CN', 'XCX'],
  ['CS', 'XCS'],
  ['CT', 'XCT'],
  ['DOZEN', 'DZN'],
  ['DZ', 'DZN'],
  ['EACH', 'EA'],
  ['HOUR', 'HUR'],
  ['HOURS', 'HUR'],
  ['HR', 'HUR'],
  ['KG', 'KGM'],
  ['KGS', 'KGM'],
  ['LBS', 'LBR'],
  ['LITRE', 'LTR'],
  ['METRE', 'MTR'],
  ['PALLET', 'XPX'],
  ['PALLETS', 'XPX'],
  ['PC', 'H87'],
  ['PCE', 'H87'],
  ['PCS', 'H87'],
  ['PIECE', 'H87'],
  ['PIECES', 'H87'],
  ['PK', 'XPK'],
  ['STK', 'H87'],
  ['UNIT', 'C62'],
  ['UNITS', 'C62'],
])
