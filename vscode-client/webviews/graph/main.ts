/** Where the graph view begins: in a webview of the editor, and in a page that stands alone. */

import "../shared/theme.css";
import "./graph.css";
import { byId } from "../shared/dom";
import { GraphView } from "./view";

new GraphView(byId("root"));
