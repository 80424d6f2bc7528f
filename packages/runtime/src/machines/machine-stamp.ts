import type { MachineStamp } from '@counterfoil/core'

/** True where two states were made by one machine: same name, version and shape. */
export function isSameStamp(a: MachineStamp, b: MachineStamp): boolean {
  return a.name === b.name && a.version === b.version && a.shape === b.shape
}

/** A machine in words: its name, version and the first digits of its shape. */
export function describeStamp({ name, version, shape }: MachineStamp): string {
  const shapeText =
    shape === undefined ? 'of before shapes were kept' : `of shape ${shape.slice(0, 12)}`
  return `\`${name}\` version ${version} ${shapeText}`
}

/** The stamp that states of a machine had before shapes were kept: which shape it was then, only their events tell. */
export function beforeShapes({ name, version }: MachineStamp): MachineStamp {
  return { name, version }
}
