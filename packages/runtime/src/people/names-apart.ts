import {
  type Actor,
  Actor as ActorSchema,
  type Authority,
  Authority as AuthoritySchema,
  MessageData,
  TradeDocument,
} from '@counterfoil/core'
import {
  type FieldPath,
  mapPersonTokens,
  mapTextsAt,
  personalFieldsOf,
  personalFieldsOfActor,
  personalFieldsOfAuthority,
  personalFieldsOfCommand,
  personToken,
  personTokensIn,
  sealOfText,
  textsAt,
} from '@counterfoil/core/personal'
import type { Command } from '../act/command.ts'
import type { ReadAndChecked } from '../receive/read-delivery.ts'
import type { PeopleLedger } from '../store/people-ledger.ts'

/** How names and texts are kept apart from the books. */
export type PersonalSettings = {
  /** Gives another salt each time, which nobody can guess: `randomSalt`, unless the same is wanted again in a test. */
  readonly salt: () => string
}

/** 32 bytes of chance. */
export function randomSalt(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** What stands for the text of a document in the books, and the text with its salt. */
export type SealedText = { readonly seal: string; readonly text: string; readonly salt: string }

/** Puts what stands for people where their names are, and names where they are shown again. */
export type NamesApart = {
  /** A document as it is taken in, and its text as it is kept; null where texts are not kept. */
  readonly documentRead: (
    tenant: string,
    read: ReadAndChecked,
  ) => Promise<{ readonly read: ReadAndChecked; readonly sealed: SealedText | null }>
  readonly command: <Given extends Command>(command: Given) => Promise<Given>
  /** What the host said of somebody's authority, as it is kept. */
  readonly authority: (tenant: string, authority: Authority) => Promise<Authority>
  /** The plain JSON value with the names of all who are not forgotten. */
  readonly reveal: <Value>(tenant: string, value: Value) => Promise<Value>
}

/** Keeps names apart in a ledger; without settings, names stay where they are. */
export function namesApart(
  ledger: PeopleLedger,
  settings: PersonalSettings | undefined,
): NamesApart {
  if (settings === undefined) {
    return {
      documentRead: async (_tenant, read) => ({ read, sealed: null }),
      command: async (command) => command,
      authority: async (_tenant, authority) => authority,
      reveal: async (_tenant, value) => value,
    }
  }
  const conceal = async (
    tenant: string,
    value: unknown,
    fields: readonly FieldPath[],
  ): Promise<unknown> => {
    const names = [...new Set(textsAt(value, fields))]
    if (names.length === 0) return value
    const people = names.map((name) => personOf(name, settings.salt()))
    const met = await ledger.meet({ tenant, people })
    const tokens = new Map(met.map(({ name, token }) => [name, token]))
    return mapTextsAt(value, fields, (name) => tokens.get(name) ?? name)
  }
  return {
    documentRead: async (tenant, read) => {
      if (read.document === null) return { read, sealed: null }
      const salt = settings.salt()
      const seal = sealOfText({ text: read.raw, salt })
      const fields = personalFieldsOf.get(read.document.kind) ?? []
      const given = await conceal(tenant, read.document, fields)
      const concealed = given === read.document ? read.document : TradeDocument.parse(given)
      const { origin } = concealed
      const document =
        origin === undefined
          ? concealed
          : { ...concealed, origin: { ...origin, contentHash: seal } }
      return { read: { ...read, document }, sealed: { seal, text: read.raw, salt } }
    },
    command: async (command) => {
      const { tenant } = command
      const actor = isPerson(command.actor)
        ? ActorSchema.parse(await conceal(tenant, command.actor, personalFieldsOfActor))
        : command.actor
      if (!('data' in command)) return { ...command, actor }
      const data = MessageData.parse(await conceal(tenant, command.data, personalFieldsOfCommand))
      return { ...command, actor, data }
    },
    authority: async (tenant, authority) =>
      AuthoritySchema.parse(await conceal(tenant, authority, personalFieldsOfAuthority)),
    reveal: async (tenant, value) => {
      const tokens = personTokensIn(value)
      if (tokens.length === 0) return value
      const people = await ledger.find({ tenant, tokens })
      const names = new Map(people.map(({ token, name }) => [token, name]))
      return mapPersonTokens(value, (token) => names.get(token) ?? token)
    },
  }
}

function personOf(name: string, salt: string) {
  return { token: personToken({ name, salt }), name, salt }
}

const isPerson = ({ kind }: Actor): boolean => kind === 'user' || kind === 'supplier-user'
