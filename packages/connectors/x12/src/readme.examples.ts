// #region readme
import { createX12Reader } from '@counterfoil/connector-x12'

const reader = createX12Reader({ units: { PCE: 'EA' } })

/** One line for each document of a delivery: what it is, or why it is none and where. */
export const describeDelivery = (text: string): readonly string[] =>
  reader
    .read(text, {
      tenant: 'branford',
      buyerOrganisation: 'branford-us',
      connection: 'larkmill-edi',
      timeZone: 'America/New_York',
      currency: 'USD', // for documents without CUR; the currency is never guessed
    })
    .map(({ document, findings }) => {
      if (document !== null) return `${document.kind} ${document.documentNumber}`
      const error = findings.find(({ severity }) => severity === 'error')
      return `set aside: ${error?.position.path} ${error?.sentence}`
    })
// #endregion
