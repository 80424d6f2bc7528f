import { libraryBuild } from '../../tsup.base.ts'

export default libraryBuild({ index: 'src/index.ts', examples: 'src/examples.ts' })
