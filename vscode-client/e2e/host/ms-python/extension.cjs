// As much of the API of ms-python.python as other extensions use, with a choice that tests make.
const vscode = require("vscode");

exports.activate = () => {
  const changed = new vscode.EventEmitter();
  let path = process.env.CODEACT_TEST_PYTHON;
  return {
    select: (chosen) => {
      path = chosen;
      changed.fire({ path });
    },
    environments: {
      getActiveEnvironmentPath: () => ({ id: path, path }),
      resolveEnvironment: async (environment) => {
        if (!environment.path) throw new Error("no environment has no path");
        return { executable: { uri: vscode.Uri.file(environment.path) } };
      },
      onDidChangeActiveEnvironmentPath: changed.event,
    },
  };
};
