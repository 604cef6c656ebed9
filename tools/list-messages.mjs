// Lists every text that src/ shows to people, for a reader to go through: npm run messages
// It parses the sources each time, so the list needs no upkeep.
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseAst } from "rolldown/parseAst";

/**
 * @typedef {object} Message
 * @property {string} file Below src/.
 * @property {"error" | "help" | "field" | "text"} kind error: thrown at the user. help: describes a command, an option
 *   or a filter. field: describes a field of JSON or a column of SQL. text: any other text that is printed.
 * @property {string} text Variable parts are in braces.
 * @property {string | null} hint The hint of an error: "" if it has none, null if it is computed. Other texts: null.
 */

const source = fileURLToPath(new URL("../src/", import.meta.url));

/** The folder whose texts are words of titles, not messages. */
const silentFolder = "match/text/";

/** @returns {Message[]} The messages of all files, sorted by path. */
export function listMessages() {
  const all = readdirSync(source, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => name.endsWith(".ts"))
    .toSorted();
  const files = all.filter((name) => !name.startsWith(silentFolder));
  if (files.length === all.length) throw new Error(`no file is in ${silentFolder}`);
  const trees = files.map((file) => {
    const code = readFileSync(source + file, "utf8");
    return { file, code, tree: parseAst(code, { lang: "ts" }) };
  });
  const errors = findErrorClasses(trees.map(({ tree }) => tree));
  return trees.flatMap(({ file, code, tree }) => [
    ...listMessagesIn(file, code, tree, errors),
    ...(file === "store/sql-views.ts" ? listColumnComments(file, code) : []),
  ]);
}

/** Finds the subclasses of RewindError, and those whose constructor takes the message first. */
function findErrorClasses(trees) {
  const parents = new Map();
  const withOwnMessage = new Set();
  for (const tree of trees) {
    walk(tree, (node) => {
      if (node.type !== "ClassDeclaration" || node.superClass?.type !== "Identifier") return;
      parents.set(node.id.name, node.superClass.name);
      if (node.body.body.some(({ kind }) => kind === "constructor")) withOwnMessage.add(node.id.name);
    });
  }
  const isOurs = (name) => name === "RewindError" || (parents.has(name) && isOurs(parents.get(name)));
  const inheritsConstructor = (name) => {
    for (let at = name; parents.has(at) && at !== "RewindError"; at = parents.get(at)) {
      if (withOwnMessage.has(at)) return false;
    }
    return true;
  };
  return { isOurs, takesMessage: (name) => isOurs(name) && inheritsConstructor(name) };
}

/** @returns {Message[]} */
function listMessagesIn(file, code, tree, errors) {
  /** @type {Message[]} */
  const found = [];
  const listed = new Set();
  const constants = readConstants(tree);
  const renderText = (node) => render(constants.get(node.name) ?? node, code);
  const addText = (kind, node) => {
    if (listed.has(node)) return;
    listed.add(node);
    const text = renderText(node);
    if (text !== null && isProse(text)) found.push({ file, kind, text, hint: null });
  };
  const addError = ([message, hint], { hasDefaultHint = false } = {}) => {
    if (message === undefined || message.type === "SpreadElement") return;
    const texts = listBranches(message);
    const hints = hint === undefined ? [null] : listBranches(hint);
    for (const [at, each] of texts.entries()) {
      const text = renderText(each);
      if (text === null) continue;
      listed.add(each);
      const own = hints.length === texts.length ? hints[at] : hints[0];
      const hintText =
        hint === undefined ? (hasDefaultHint ? null : "") : own === null ? "" : renderText(own);
      found.push({ file, kind: "error", text, hint: hintText });
    }
    for (const each of hints) {
      if (each === null) continue;
      if (renderText(each) !== null) listed.add(each);
    }
    // A hint with several wordings for one message.
    if (hints.length > 1 && hints.length !== texts.length) {
      for (const each of hints.slice(1)) {
        const text = renderText(each);
        if (text !== null && text !== "") found.push({ file, kind: "text", text, hint: null });
      }
    }
  };
  let inClass = null;
  let parentClass = null;
  const visit = (node, path) => {
    const parent = path.at(-1);
    if (node.type === "ClassDeclaration") [inClass, parentClass] = [node.id.name, node.superClass?.name];
    if (node.type === "NewExpression" && node.callee.type === "Identifier") {
      if (errors.takesMessage(node.callee.name)) addError(node.arguments);
    }
    if (node.type === "CallExpression" && node.callee.type === "Super" && errors.isOurs(inClass)) {
      // A constructor that passes its own parameter on has no text of its own.
      const [message, hint] = node.arguments;
      if (message.type !== "Identifier")
        addError([message, hint], { hasDefaultHint: !errors.takesMessage(parentClass) });
    }
    if (isSilent(node, path)) return false;
    if (node.type === "TemplateLiteral" || isText(node) || isSum(node)) {
      // A part of a longer text is listed with that text.
      if (isSum(parent)) return true;
      addText(getKind(file, path), node);
    }
    return true;
  };
  walk(tree, visit);
  return found;
}

/** Returns the value of each constant that is declared once, so that a hint of several errors is listed with each. */
function readConstants(tree) {
  const found = new Map();
  walk(tree, (node) => {
    if (node.type !== "VariableDeclarator" || node.id.type !== "Identifier") return;
    found.set(node.id.name, found.has(node.id.name) ? null : node.init);
  });
  return found;
}

/** Returns true for texts that only a program reads, such as SQL, and for errors that are bugs of this program. */
function isSilent(node, path) {
  const parent = path.at(-1);
  if (node.type === "ImportDeclaration" || node.type === "ImportExpression") return true;
  if (node.type.startsWith("TS")) return !/^TS(?:As|Satisfies|NonNull)/.test(node.type);
  if (node.type === "NewExpression" && node.callee.name === "Error") return true;
  const isCalledBy = (names) =>
    parent?.type === "CallExpression" &&
    parent.arguments.includes(node) &&
    names.has(parent.callee.property?.name ?? parent.callee.name);
  return isCalledBy(new Set(["prepare", "exec", "pragma", "startsWith", "endsWith", "includes", "indexOf"]));
}

const sql =
  /\b(?:SELECT|INSERT|UPDATE|DELETE|CREATE|WITH|WHERE|JOIN|FROM|ORDER BY|GROUP BY|EXISTS|IS NULL|NOT NULL|LIMIT|DESC|ASC)\b|^\s*\(?\w+\.\w+ (?:=|<|>|IS|COLLATE)|\b(?:coalesce|count|sum|max|json_\w+)\(/;

/** Returns true for two words or more that are not SQL. */
function isProse(text) {
  const words = text.replaceAll(/\{[^}]*\}/g, "x").match(/\p{L}[\p{L}'’-]*/gu) ?? [];
  return words.length > 1 && / /.test(text.trim()) && !sql.test(text);
}

function getKind(file, path) {
  const names = path.filter(({ type }) => type === "Property").map(({ key }) => key.name ?? key.value);
  const last = names.at(-1);
  if (["help", "summary", "details", "when", "unset"].includes(last) || names.includes("examples"))
    return "help";
  if (/(?:options|contents)\.ts$/.test(file)) return "help";
  if (file.includes("queries/documents/") || last === "meaning") return "field";
  return "text";
}

/** The columns of the views are described by comments in their SQL. */
function listColumnComments(file, code) {
  return [...code.matchAll(/^ +\S.* -- (.+)$/gm)].map(([, text]) => ({
    file,
    kind: "field",
    text,
    hint: null,
  }));
}

function isText(node) {
  return node?.type === "Literal" && typeof node.value === "string";
}

function isSum(node) {
  return node?.type === "BinaryExpression" && node.operator === "+";
}

/** Returns each expression that a conditional expression may give. */
function listBranches(node) {
  if (node.type === "ConditionalExpression")
    return [...listBranches(node.consequent), ...listBranches(node.alternate)];
  if (node.type === "LogicalExpression") return [...listBranches(node.left), ...listBranches(node.right)];
  return [node];
}

/** Returns the text of an expression, with variable parts in braces; null if it has no text of its own. */
function render(node, code) {
  if (isText(node)) return node.value;
  if (isSum(node)) {
    const [left, right] = [render(node.left, code), render(node.right, code)];
    if (left === null && right === null) return null;
    return (left ?? renderVariable(node.left, code)) + (right ?? renderVariable(node.right, code));
  }
  if (node.type === "CallExpression" && node.callee.property?.name === "join") {
    const list = node.callee.object;
    const between = node.arguments[0]?.value;
    if (list.type !== "ArrayExpression" || typeof between !== "string") return null;
    return list.elements.map((each) => render(each, code) ?? renderVariable(each, code)).join(between);
  }
  if (node.type !== "TemplateLiteral") return null;
  return node.quasis
    .map(({ value }, at) => {
      const expression = node.expressions[at];
      return value.cooked + (expression === undefined ? "" : renderVariable(expression, code));
    })
    .join("");
}

function renderVariable(node, code) {
  return `{${code.slice(node.start, node.end).replaceAll(/\s+/g, " ").replaceAll(/[{}]/g, "")}}`;
}

/** Calls `visit` for each node with its ancestors. Skips the children of a node for which it returns false. */
function walk(node, visit, path = []) {
  if (visit(node, path) === false) return;
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (child !== null && typeof child === "object" && typeof child.type === "string") {
        walk(child, visit, [...path, node]);
      }
    }
  }
}

const headings = {
  error: "Errors: what failed and why, then what to run next",
  text: "Other texts",
  help: "Help",
  field: "Fields of JSON and columns of SQL",
};

function renderMessages(messages) {
  const lines = [];
  for (const [kind, heading] of Object.entries(headings)) {
    lines.push("", `# ${heading}`);
    let file = "";
    for (const message of messages.filter((each) => each.kind === kind)) {
      if (message.file !== file) lines.push("", message.file);
      file = message.file;
      lines.push(...message.text.split("\n").map((line, at) => `${at === 0 ? "  - " : "    "}${line}`));
      if (kind === "error") {
        const hint = message.hint === null ? "(computed)" : message.hint;
        if (hint !== "") lines.push(...hint.split("\n").map((line) => `      ${line}`));
      }
    }
  }
  return lines
    .join("\n")
    .trimStart()
    .replaceAll(/[^\P{Cc}\n]/gu, "");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(renderMessages(listMessages()));
