/** Where the results view begins, in a webview of the editor. */

import "../shared/theme.css";
import "./results.css";
import { byId } from "../shared/dom";
import { ResultsView } from "./view";

new ResultsView(byId("root"));
