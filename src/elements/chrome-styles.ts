/** Styles that the parts of the player's frame share. Colours and sizes are the tokens of src/styles/tokens.css. */
import { css } from 'lit';

export const chromeStyles = css`
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  :host {
    font-family: var(--font-ui);
    color: var(--ink);
  }
  a {
    color: inherit;
  }
  button {
    font: inherit;
    color: inherit;
  }
  .control {
    display: inline-flex;
    align-items: center;
    gap: 0.5rem;
    min-block-size: 2.75rem;
    padding: 0 0.9rem;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    background: transparent;
    cursor: pointer;
  }
  .control:hover {
    background: var(--surface-raised);
  }
  /* What sticks is in view: without this, focus in the header would scroll the text away from its reader. */
  .stuck {
    --covered: calc(var(--header-size, var(--bar-size)) + 1rem);
    scroll-margin-block: calc(-1 * var(--covered)) var(--covered);
  }
  :focus-visible {
    outline: var(--focus-width) solid var(--focus);
    outline-offset: 2px;
    border-radius: var(--radius-small);
  }
  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media print {
    :host {
      display: none !important;
    }
  }
`;
