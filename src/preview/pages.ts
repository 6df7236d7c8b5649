import { html } from 'hono/html';

/** The shelf: one card per package, drawn by `client/shelf.ts` from `/api/packages`. */
export function shelfPage() {
  return page(
    'Preview LMS',
    'shelf',
    html`<preview-shelf><p class="loading">Reading the shelf …</p></preview-shelf>`,
  );
}

/** The player: the content's frame and the inspector, drawn by `client/play.ts`. */
export function playPage(title: string) {
  return page(
    `${title} – Preview LMS`,
    'play',
    html`<preview-player><p class="loading">Launching ${title} …</p></preview-player>`,
  );
}

/** A page that says what is wrong and leads back to the shelf. */
export function problemPage(heading: string, explanation: string) {
  return page(
    `${heading} – Preview LMS`,
    undefined,
    html`<main class="problem">
      <h1>${heading}</h1>
      <p>${explanation}</p>
      <p><a class="button" href="/">Back to the shelf</a></p>
    </main>`,
  );
}

function page(title: string, script: 'shelf' | 'play' | undefined, body: unknown) {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/preview.css">
${script ? html`<script type="module" src="/assets/${script}.js"></script>` : ''}
</head>
<body>
${body}
<noscript><p class="notice">The preview needs JavaScript, as every LMS with SCORM does.</p></noscript>
</body>
</html>`;
}
