/**
 * A text for a notification. VS Code makes links of `[name](address)` there, also to commands, and runs those
 * at a click; what a plan, a workspace or a Python says must not be one.
 */
export function unlinked(text: string): string {
  return text.replaceAll("](", "] (");
}
