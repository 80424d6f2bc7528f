import { benchMatchInvoice } from './match-invoice.ts'

benchMatchInvoice()
