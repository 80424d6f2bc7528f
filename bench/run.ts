import { benchDecideOrder } from './decide-order.ts'
import { benchMatchInvoice } from './match-invoice.ts'

benchDecideOrder()
benchMatchInvoice()
