/** The characters an interchange is cut up with. The sender chooses them anew in every ISA. */
export type Separators = {
  /** Between elements: the character after `ISA`. */
  readonly element: string
  /** Between the components of a composite element: ISA16. Null where the ISA leaves it out. */
  readonly component: string | null
  /** Between repetitions of an element: ISA11 from release 00402 on. Null where it is not one. */
  readonly repetition: string | null
  /** After each segment: what follows ISA16. May be of several characters, or a line feed. */
  readonly terminator: string
}

/** One segment as it stands in the received text. */
export type Segment = {
  /** `PO1`, `N1`; also the first of `elements`. */
  readonly id: string
  /**
   * `elements[1]` is the first element, as the standard counts them. Absent ones are empty or missing.
   * Component separators at the end of an element say nothing and are taken off.
   */
  readonly elements: readonly string[]
  /** Where the segment starts in the received text, in UTF-16 units from 0. */
  readonly offset: number
  /** Where its terminator starts; the end of the text when it has none. */
  readonly end: number
  /**
   * How many pieces of text were put together to make it, beyond the first: a terminator inside free text
   * breaks a segment, and the pieces without a segment's name are its continuation.
   */
  readonly piecesRejoined: number
}

/** An element without blanks around it; empty where the segment does not have it. */
export const elementText = (segment: Segment, element: number): string =>
  (segment.elements[element] ?? '').trim()

/** Whether an element carries anything but blanks. */
export const hasElement = (segment: Segment, element: number): boolean =>
  elementText(segment, element) !== ''

/** The components of a composite element, at least one. */
export const componentsOf = (
  segment: Segment,
  element: number,
  separators: Separators,
): readonly string[] => {
  const text = elementText(segment, element)
  return separators.component === null
    ? [text]
    : text.split(separators.component).map((component) => component.trim())
}

/**
 * Where an element starts in the received text. An element that the segment does not have is placed at
 * the segment's end, where it would have to be added.
 */
export const elementOffset = (
  text: string,
  { segment, element, separators }: ElementPlace,
): number => {
  let offset = segment.offset
  for (let index = 0; index < element; index += 1) {
    const next = text.indexOf(separators.element, offset)
    if (next < 0 || next >= segment.end) return segment.end
    offset = next + separators.element.length
  }
  return offset
}

/** An element of a segment, by number; 0 is the segment's name. */
export type ElementPlace = {
  readonly segment: Segment
  readonly element: number
  readonly separators: Separators
}
