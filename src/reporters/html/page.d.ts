/** The page's script and style, made of src/page by build/page.mjs. */
declare module 'tailgate:page' {
  /** For a script element as it is. */
  export const script: string
  export const style: string
  /** `sha256-…`, for the content security policy. */
  export const scriptHash: string
  export const styleHash: string
}
