/**
 * What a rule set may come to. Every number here bounds the work of reading it: a file from anywhere can be
 * checked without a limit on time or memory of its own, and the largest table of a distributor still loads.
 */

/** The most levels of lists and objects a rule set may be nested. */
export const jsonDepthMax = 48

/** The most values a rule set may hold, counting every list, object and table cell. */
export const jsonValuesMax = 1_000_000

/** The most characters one text of a rule set may have. */
export const textLengthMax = 2_000

/** The most rules a set may write, its tables' rows not counted. */
export const rulesMax = 2_000

/** The most tables a set may hold. */
export const tablesMax = 100

/** The most rows all tables of a set may have together, those of an extended set included. */
export const tableRowsMax = 50_000

/** The most columns, and the most outputs, a table may have. */
export const tableWidthMax = 30

/** The most members one list of conditions or of values may have. */
export const listLengthMax = 1_000

/** The most levels conditions may be nested, named conditions put in. */
export const conditionDepthMax = 24

/** The most comparisons all rules may come to, named conditions put in wherever they are used; cells are not counted. */
export const comparisonsMax = 20_000

/** The most pairs of rules that contradict each other that are named one by one. */
export const tiesNamedMax = 50

/** The most wrong cells of one table that are named one by one. */
export const cellFindingsMax = 100
