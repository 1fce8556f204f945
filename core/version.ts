/** Version of this program, as in package.json (a test keeps them equal). Written into every run and shown by the server. */
export const VERSION = '0.1.0'
