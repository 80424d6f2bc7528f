/** A check of an export in progress, by either verifier. A line that is refused leaves it where it was. */
export type OpenedCheck = {
  /** Whether this line is refused. */
  readonly refuses: (line: Uint8Array) => Promise<boolean>
  /** Whether an end here is refused. */
  readonly refusesEnd: () => boolean
}

/** A verifier, begun anew for each export. */
export type Verifier = { readonly name: string; readonly open: () => OpenedCheck }

/** What was done to an export: from the line on where it began, and behind it the untouched lines from `onFrom` on. */
type Tampering = { readonly what: string; readonly rest: Uint8Array; readonly onFrom: number }

/** How much was tried, and what no one noticed. */
export type TamperingTried = { readonly tried: number; readonly missed: readonly string[] }

/**
 * Takes out each line, swaps each with the next, cuts the export off before each, and turns bits of each: of the line at
 * a place every `strideAt(place)`-th, beginning elsewhere at each, and none where that is null. Each time the verifier has
 * read the untouched lines before; where it does not refuse the first line it meets, the whole tampered export is read
 * from its beginning.
 */
export async function tamper(
  verifier: Verifier,
  lines: readonly string[],
  strideAt: (place: number) => number | null,
): Promise<TamperingTried> {
  const buffers = lines.map((line) => Buffer.from(line))
  const missed: string[] = []
  let tried = 0
  let check = verifier.open()
  for (const [place, line] of buffers.entries()) {
    for (const { what, rest, onFrom } of tamperings(buffers, place, strideAt(place))) {
      tried += 1
      const [first] = split(rest)
      const isFound = first === undefined ? check.refusesEnd() : await check.refuses(first)
      if (isFound) continue
      const before = buffers.slice(0, place)
      const whole = Buffer.concat([...before, rest, ...buffers.slice(onFrom)])
      if (!(await refusesAny(verifier, whole))) missed.push(what)
      check = verifier.open()
      for (const untouched of before) await check.refuses(untouched)
    }
    if (await check.refuses(line)) throw new Error(`line ${place + 1} is refused as it was written`)
  }
  if (check.refusesEnd()) throw new Error('the export is refused as it was written')
  return { tried, missed }
}

function* tamperings(
  lines: readonly Buffer[],
  place: number,
  stride: number | null,
): Generator<Tampering> {
  const [line, next] = [lines[place], lines[place + 1]]
  if (line === undefined) return
  const number = place + 1
  yield { what: `cut off before line ${number}`, rest: Buffer.of(), onFrom: lines.length }
  yield { what: `line ${number} taken out`, rest: next ?? Buffer.of(), onFrom: place + 2 }
  if (next === undefined) yield* shortened(line, lines.length)
  else {
    const rest = Buffer.concat([next, line])
    yield { what: `lines ${number} and ${number + 1} swapped`, rest, onFrom: place + 2 }
  }
  if (stride !== null) yield* turnedBits(lines, place, stride)
}

function* shortened(line: Buffer, onFrom: number): Generator<Tampering> {
  for (let missing = 1; missing < line.length; missing += 1) {
    yield { what: `the last ${missing} bytes cut off`, rest: line.subarray(0, -missing), onFrom }
  }
}

function* turnedBits(
  lines: readonly Buffer[],
  place: number,
  stride: number,
): Generator<Tampering> {
  // With the next line: a line feed that is turned is no end any more.
  const rest = Buffer.concat(lines.slice(place, place + 2))
  const bits = (lines[place]?.length ?? 0) * 8
  for (let bit = place % stride; bit < bits; bit += stride) {
    const at = bit >> 3
    const turned = 1 << (bit & 7)
    rest[at] = (rest[at] ?? 0) ^ turned
    yield { what: `bit ${bit} of line ${place + 1} turned`, rest, onFrom: place + 2 }
    rest[at] = (rest[at] ?? 0) ^ turned
  }
}

async function refusesAny(verifier: Verifier, bytes: Uint8Array): Promise<boolean> {
  const check = verifier.open()
  for (const line of split(bytes)) {
    if (await check.refuses(line)) return true
  }
  return check.refusesEnd()
}

function* split(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length;) {
    const feed = bytes.indexOf(0x0a, start)
    const end = feed < 0 ? bytes.length : feed + 1
    yield bytes.subarray(start, end)
    start = end
  }
}
