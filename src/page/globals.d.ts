/** Version of this build, from package.json (set by the bundler). */
declare const __FABULA_VERSION__: string;
