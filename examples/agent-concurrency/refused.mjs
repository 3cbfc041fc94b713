/** There is no room for it now; it may be tried again. */
export class Refused extends Error {}
