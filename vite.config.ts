/** How the player is built and served; the packager names the entry of each wire, and the course that is being written. */
import { defineConfig } from 'vite';

export default defineConfig({
  appType: 'mpa',
  build: {
    // The oldest browsers of locked-down offices: Chromium and Firefox ESR of early 2023, Safari 16.4.
    target: ['chrome111', 'firefox115', 'safari16.4'],
  },
});
