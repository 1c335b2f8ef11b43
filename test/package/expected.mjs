// What the package must be: change it here when the extension changes.

/** Files without which it does not work; names in lower case. */
export const needed = ['package.json', 'readme.md', 'license.txt', 'dist/extension.js', 'dist/web/extension.js'];

/** Everything in it fits one of these. */
export const allowed = [
  /^package(\.nls(\.[\w-]+)?)?\.json$/,
  /^(readme|changelog)\.md$/,
  /^license\.txt$/,
  /^dist\/(web\/)?extension\.js$/,
  /^dist\/webview\/[\w-]+\.(js|css|svg|ttf)$/,
  /^docs\/[\w-]+\.md$/,
  /^docs\/rules\/[\w-]+\.md$/,
  /^examples\/.+\.ya?ml$/,
  /^examples\/(.+\/)?(readme\.md|\.env)$/,
  /^media\/.+\.(svg|png|md|css|json)$/,
  /^schemas\/[\w.-]+\.json$/,
  /^syntaxes\/[\w.-]+\.json$/,
];

/** The most it may weigh, in bytes. */
export const heaviest = 3_000_000;

/** A file of examples/, and what the panel of problems must say of it. */
export const sample = { file: 'lab.faultline.yaml', problem: /missing-timeout/ };
