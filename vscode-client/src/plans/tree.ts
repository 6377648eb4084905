import * as vscode from "vscode";
import { reason } from "../reason";
import type { EdgeKind, GraphEdge, GraphNode, NodeState } from "../views/messages";
import type { Active } from "./active";
import type { Board, Known } from "./board";
import { changes, type Drawn, drawn } from "./tree-changes";

/** A node of the plan, or below it one that it needs. */
export interface Item {
  readonly uri: string;
  readonly node: string;
  /** How the item above needs this one; null for the plan's own list. */
  readonly edge: GraphEdge | null;
  /** Where it is in the tree: VS Code knows an item by which object it is, so that there is one for each place. */
  readonly path: string;
}

const ICONS: Readonly<Record<NodeState["status"], readonly [icon: string, color: string]>> = {
  running: ["loading~spin", "charts.blue"],
  done: ["pass", "charts.green"],
  reused: ["pass-filled", "charts.green"],
  failed: ["error", "charts.red"],
  blocked: ["circle-slash", "charts.yellow"],
};
const KINDS: Readonly<Record<EdgeKind, string>> = {
  data: "its value",
  control: "first",
  temporal: "some time before",
  resource: "shares a resource",
};

/** The plan as a tree: its nodes, and below each what it needs. What the graph view draws, as a list. */
export class Tree implements vscode.TreeDataProvider<Item>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<Item[] | undefined>();
  private readonly view: vscode.TreeView<Item>;
  private readonly disposables: vscode.Disposable[];
  private readonly items = new Map<string, Item>();
  private shown: { readonly uri: string | undefined; readonly drawn: Drawn } | undefined;
  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly board: Board,
    private readonly active: Active,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.view = vscode.window.createTreeView("codeact.nodes", { treeDataProvider: this, showCollapseAll: true });
    this.disposables = [
      this.view,
      active.onDidChange(() => this.draw()),
      active.onDidMove((node) => this.follow(node)),
    ];
  }

  getChildren(above?: Item): Item[] {
    const uri = above?.uri ?? this.active.uri;
    if (!uri) return [];
    const { graph } = this.board.of(uri);
    if (!above) return graph.nodes.map(({ name }) => this.item(uri, name));
    const edges = graph.edges.filter(({ to }) => to === above.node);
    return edges.map((edge) => this.item(uri, edge.from, edge, `${above.path}/${edge.kind}`));
  }

  getParent(): undefined {
    return undefined; // Only items of the plan's own list are revealed.
  }

  getTreeItem(item: Item): vscode.TreeItem {
    const known = this.board.of(item.uri);
    const node = known.graph.nodes.find(({ name }) => name === item.node);
    const state = known.states.find((each) => each.node === item.node);
    const needs = known.graph.edges.some(({ to }) => to === item.node);
    const shown = new vscode.TreeItem(
      item.node,
      needs ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
    );
    if (!item.edge) shown.id = item.path;
    shown.contextValue = "node";
    shown.description = description(item, known, state);
    shown.iconPath = iconOf(known, item.node, state);
    shown.tooltip = tooltip(node, state);
    shown.command = { title: "Go to Node", command: "codeact.revealNode", arguments: [item] };
    shown.accessibilityInformation = { label: `${item.node}, ${shown.description || "not run"}` };
    return shown;
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables, this.changed).dispose();
  }

  private item(uri: string, node: string, edge: GraphEdge | null = null, above = uri): Item {
    const path = `${above}#${node}`;
    const known = this.items.get(path);
    if (known) return known;
    const item = { uri, node, edge, path };
    this.items.set(path, item);
    return item;
  }

  /**
   * Draw what is not as it was. Of an item that is drawn anew VS Code knows nothing for a moment: a button
   * of it that is pressed then would be about the node under the caret.
   */
  private draw(): void {
    const { uri } = this.active;
    const before = this.shown?.uri === uri ? this.shown?.drawn : undefined;
    this.shown = { uri, drawn: drawn(this.board.of(uri ?? "")) };
    const names = changes(before, this.shown.drawn);
    if (!names) this.items.clear();
    this.changed.fire(names ? [...this.items.values()].filter(({ node }) => names.includes(node)) : undefined);
  }

  private follow(node: string | null): void {
    const uri = this.active.uri;
    if (!uri || !node || !this.view.visible) return;
    // A node that came or went while the tree was being drawn is not found there; it follows next time.
    this.view.reveal(this.item(uri, node), { select: true, focus: false }).then(undefined, (error: unknown) => {
      this.log.debug(`${node} is not in the tree: ${reason(error)}`);
    });
  }
}

function description(item: Item, known: Known, state: NodeState | undefined): string {
  const stale = known.stale.includes(item.node) ? "affected by an edit" : "";
  const how = item.edge && item.edge.kind !== "data" ? KINDS[item.edge.kind] : "";
  return [how, state?.line ?? stale].filter(Boolean).join(" · ");
}

function iconOf(known: Known, node: string, state: NodeState | undefined): vscode.ThemeIcon {
  if (!state) return new vscode.ThemeIcon(known.stale.includes(node) ? "circle-large-outline" : "circle-outline");
  const [icon, color] = ICONS[state.status];
  return new vscode.ThemeIcon(icon, new vscode.ThemeColor(color));
}

/** Plain text: what a plan says is not to be read as Markdown. */
function tooltip(node: GraphNode | undefined, state: NodeState | undefined): string {
  const returns = node?.returns ? ` → ${node.returns}` : "";
  return [`${node?.name ?? ""}${returns}`, node?.summary, state?.line].filter(Boolean).join("\n");
}
