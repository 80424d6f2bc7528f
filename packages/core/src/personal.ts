/** Which fields name a person, and what stands for a name in books from which it has to be erasable. */
export {
  type FieldPath,
  mapTextsAt,
  personalFields,
  personalFieldsOf,
  personalFieldsOfActor,
  personalFieldsOfAuthority,
  personalFieldsOfCommand,
  textsAt,
} from './personal/personal-fields.ts'
export {
  mapPersonTokens,
  personToken,
  personTokensIn,
  sealOfText,
} from './personal/person-token.ts'
