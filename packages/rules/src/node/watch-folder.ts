import { existsSync, type FSWatcher, watch } from 'node:fs'

/**
 * Looks whenever something in a folder changed and was still for a while. The watch is begun anew at each look, so that a
 * folder that was moved away and put back is followed too; while it is gone, it is looked for.
 */
export const watchFolder = (
  folder: string,
  look: () => void,
  stillMilliseconds: number,
): { readonly close: () => void } => {
  let watcher: FSWatcher | null = null
  let waiting: NodeJS.Timeout | null = null
  let isClosed = false
  const soon = (work: () => void): void => {
    if (isClosed) return
    if (waiting !== null) clearTimeout(waiting)
    waiting = setTimeout(work, stillMilliseconds).unref()
  }
  const begin = (): boolean => {
    watcher?.close()
    watcher = beginWatching(folder, () => soon(lookAgain))
    return watcher !== null
  }
  const returned = (): void => (begin() ? look() : soon(returned))
  const lookAgain = (): void => {
    // Watching first: what changes while it is read is seen afterwards.
    const isThere = begin()
    look()
    if (!isThere) soon(returned)
  }
  begin()
  return {
    close: () => {
      isClosed = true
      if (waiting !== null) clearTimeout(waiting)
      watcher?.close()
    },
  }
}

/** Null where there is nothing to watch. */
const beginWatching = (folder: string, changed: () => void): FSWatcher | null => {
  // A watch of all that lies below begins without an error where nothing is there.
  if (!existsSync(folder)) return null
  try {
    const watcher = watch(folder, { recursive: true, persistent: false }, changed)
    return watcher.on('error', changed)
  } catch {
    return null
  }
}
