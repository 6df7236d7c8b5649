/** How the player is built; the packager names the entry of each wire. `vite` alone serves the course for authoring. */
import { defineConfig } from 'vite';
import { courseAuthoring } from './src/content/vite-plugin.ts';

export default defineConfig({
  appType: 'mpa',
  plugins: [courseAuthoring('course')],
  build: {
    // The oldest browsers of locked-down offices: Chromium and Firefox ESR of early 2023, Safari 16.4.
    target: ['chrome111', 'firefox115', 'safari16.4'],
  },
});
