import { libraryBuild } from '../../tsup.base.ts'

export default libraryBuild({ index: 'src/index.ts', node: 'src/node.ts', compat: 'src/compat.ts' })
