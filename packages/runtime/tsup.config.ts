import { libraryBuild } from '../../tsup.base.ts'

export default libraryBuild({ index: 'src/index.ts', 'conformance/index': 'src/conformance/index.ts' })
