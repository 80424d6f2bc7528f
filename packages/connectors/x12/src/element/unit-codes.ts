/**
 * X12 element 355 in UN/ECE Recommendation 20 (packages: Recommendation 21 with X in front). The two lists
 * share spellings with other meanings: X12 `GR` is a gram and `GRO` elsewhere a gross, `TO` is a troy ounce
 * and not a tonne, `MT` is a long ton.
 */
export const unitsByX12Code: ReadonlyMap<string, string> = new Map(
  (
    'EA EA|UN C62|PC H87|DZ DZN|HU CEN|HC CEN|TH MIL|GS GRO|PR PR|ST SET|KT KT|LO LO|' +
    'BX XBX|CA XCS|CT XCT|PK XPK|PL XPX|PF XPX|RL XRO|BG XBG|BA XBL|DR XDR|CN XCX|JR XJR|TB XTU|' +
    'RE XRL|SH XST|BD XBE|BC XBJ|PA XPL|CL XCY|EV XEN|' +
    'LB LBR|KG KGM|GR GRM|OZ ONZ|TO APZ|TN STN|MN TNE|MT LTN|' +
    'FT FOT|LF LF|IN INH|YD YRD|MR MTR|CM CMT|MM MMT|SF FTK|SY YDK|CF FTQ|CR MTQ|' +
    'GA GLL|QT QTL|PT PTL|LT LTR|ML MLT|BF BFT|U2 U2|HR HUR|DA DAY|MO MON|P1 P1'
  )
    .split('|')
    .map((pair): [string, string] => [pair.slice(0, 2), pair.slice(3)]),
)
