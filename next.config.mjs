/** @type {import('next').NextConfig} */
export default {
  output: 'standalone',
  // The command line owns the HTTP server and talks to one browser on the same machine: compressing only costs time.
  compress: false,
  poweredByHeader: false,
  images: { unoptimized: true },
  // Types are checked by `npm run types`, over the whole repository and not for the pages alone.
  typescript: { ignoreBuildErrors: true },
  outputFileTracingRoot: import.meta.dirname,
  outputFileTracingExcludes: {
    '/*': ['node_modules/@img/**', 'node_modules/sharp/**'],
    'next-server': ['node_modules/@img/**', 'node_modules/sharp/**'],
  },
  devIndicators: false,
}
