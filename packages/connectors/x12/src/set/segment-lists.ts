/** The segments each set may hold in releases 003040 to 005010, besides ST and SE. */
const lists: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  [
    [
      '850',
      'BEG CUR REF PER TAX FOB CTP PAM CSH SAC ITD DIS INC DTM LDT LIN SI PID MEA PWK PKG TD1 TD3 TD4 TD5 MAN PCT CTB TXI ' +
        'LM LQ N9 MSG MTX NTE EFI N1 N2 NX2 N3 N4 IN1 IN2 NM1 SPI CB1 ADV PO1 PO3 PO4 SDQ IT3 IT8 SLN SCH CN1 G61 QTY AMT ' +
        'TC2 ISS FA1 FA2 YNQ CTT',
    ],
    [
      '855',
      'BAK CUR REF PER TAX FOB CTP PAM CSH SAC ITD DIS INC DTM LDT LIN SI PID MEA PWK PKG TD1 TD3 TD4 TD5 MAN PCT CTB TXI ' +
        'LM LQ N9 MSG MTX NTE EFI N1 N2 NX2 N3 N4 IN2 NM1 ADV PO1 PO3 PO4 SDQ IT3 IT8 SLN SCH ACK CN1 G61 QTY AMT YNQ CTT',
    ],
    [
      '856',
      'BSN HL LIN SN1 SLN PRF PO4 PID MEA PWK PKG TD1 TD3 TD4 TD5 TSD REF PER LH1 LH2 LH3 LH4 LH6 LHE LHT LHR LEP LFH CLD ' +
        'MAN DTM DTP FOB PAL N1 N2 N3 N4 SDQ ETD CUR SAC GF YNQ LM LQ V1 R4 EFI ITA AMT CTT N9 MSG MTX NTE QTY G61 TXI',
    ],
    [
      '810',
      'BIG NTE CUR REF YNQ PER N1 N2 N3 N4 NX2 DMG ITD DTM FOB PID MEA PWK PKG L7 BAL BAA INC PAM CRC LM LQ N9 MSG MTX V1 R4 ' +
        'FA1 FA2 IT1 QTY IT3 TXI CTP SAC SLN SDQ PO4 LIN NM1 TDS CAD AMT ISS CTT TAX TD1 TD5 ITA G61 CUR HL TFS FGS',
    ],
  ].map(([set = '', ids = '']): [string, ReadonlySet<string>] => [set, new Set(ids.split(' '))]),
)

/** Whether the standard knows a segment in a set. */
export const isKnownSegment = (setType: string, id: string): boolean =>
  lists.get(setType)?.has(id) ?? false
