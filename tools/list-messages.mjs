// Every text that src/ shows to people, in one list for a reader to go through: npm run messages
// It is read out of the sources each time, so there is nothing to keep up with them.
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseAst } from "rolldown/parseAst";

/**
 * @typedef {object} Message
 * @property {string} file Below src/.
 * @property {"error" | "help" | "key" | "text"} kind error: thrown at the user. help: of a command, an option, a filter.
 *   key: what a key of JSON or a column of SQL means. text: all else that is printed.
 * @property {string} text What varies stands in braces.
 * @property {string | null} hint Of an error: what to do; "" where it says none, null where the code works it out.
 * @property {string} [thrown] Of an error: its class.
 */

const source = fileURLToPath(new URL("../src/", import.meta.url));

/** The folder whose texts are words of titles, not messages. */
const silentFolder = "match/text/";

/** @returns {Message[]} Of all files, in the order of the tree. */
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
  const errors = errorClasses(trees.map(({ tree }) => tree));
  return trees.flatMap(({ file, code, tree }) => [
    ...messagesIn(file, code, tree, errors),
    ...(file === "store/sql-views.ts" ? columnNotes(file, code) : []),
  ]);
}

/** The classes that end in RewindError, and how many things stand before the message when one is made. */
function errorClasses(trees) {
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
  const made = (name) => {
    for (let at = name; parents.has(at) && at !== "RewindError"; at = parents.get(at)) {
      if (withOwnMessage.has(at)) return false;
    }
    return true;
  };
  return { isOurs, takesMessage: (name) => isOurs(name) && made(name) };
}

/** @returns {Message[]} */
export function messagesIn(file, code, tree, errors) {
  /** @type {Message[]} */
  const found = [];
  const told = new Set();
  const constants = readConstants(tree);
  const renderText = (node) => rendered(constants.get(node.name) ?? node, code);
  const keep = (kind, node) => {
    if (told.has(node)) return;
    told.add(node);
    const text = renderText(node);
    if (text !== null && isProse(text)) found.push({ file, kind, text, hint: null });
  };
  const error = (thrown, [message, hint], { hasUsualHint = false } = {}) => {
    if (message === undefined || message.type === "SpreadElement") return;
    const texts = branches(message);
    const hints = hint === undefined ? [null] : branches(hint);
    for (const [at, each] of texts.entries()) {
      const text = renderText(each);
      if (text === null) continue;
      told.add(each);
      const own = hints.length === texts.length ? hints[at] : hints[0];
      const said = hint === undefined ? (hasUsualHint ? null : "") : own === null ? "" : renderText(own);
      found.push({ file, kind: "error", text, hint: said, thrown });
    }
    for (const each of hints) {
      if (each === null) continue;
      if (renderText(each) !== null) told.add(each);
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
      if (errors.takesMessage(node.callee.name)) error(node.callee.name, node.arguments);
    }
    if (node.type === "CallExpression" && node.callee.type === "Super" && errors.isOurs(inClass)) {
      // The first argument may be the message that its maker gives.
      const [message, hint] = node.arguments;
      if (message.type !== "Identifier")
        error(inClass, [message, hint], { hasUsualHint: !errors.takesMessage(parentClass) });
    }
    if (isSilent(node, path)) return false;
    if (node.type === "TemplateLiteral" || isText(node) || isSum(node)) {
      // A part of a longer text is listed with that text.
      if (isSum(parent)) return true;
      keep(getKind(file, path), node);
    }
    return true;
  };
  walk(tree, visit);
  return found;
}

/** The value of each constant that is assigned once, so that a hint of several errors is listed with each. */
function readConstants(tree) {
  const found = new Map();
  walk(tree, (node) => {
    if (node.type !== "VariableDeclarator" || node.id.type !== "Identifier") return;
    found.set(node.id.name, found.has(node.id.name) ? null : node.init);
  });
  return found;
}

/** Statements of SQL, errors of ours that are bugs, and what only a program reads. */
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

/** Two words or more, or a word with a mark that only people read. */
function isProse(text) {
  const words = text.replaceAll(/\{[^}]*\}/g, "x").match(/\p{L}[\p{L}'’-]*/gu) ?? [];
  return words.length > 1 && / /.test(text.trim()) && !sql.test(text);
}

function getKind(file, path) {
  const names = path.filter(({ type }) => type === "Property").map(({ key }) => key.name ?? key.value);
  const last = names.at(-1);
  if (["help", "summary", "details", "when", "unset"].includes(last) || names.includes("examples"))
    return "help";
  if (/(?:options|contents|tree)\.ts$/.test(file)) return "help";
  if (file.includes("queries/documents/") || last === "meaning") return "key";
  return "text";
}

/** The notes of the views' columns are comments of the SQL that makes them. */
function columnNotes(file, code) {
  return [...code.matchAll(/^ +\S.* -- (.+)$/gm)].map(([, text]) => ({
    file,
    kind: "key",
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

/** The wordings of a text: those of a choice, each. */
function branches(node) {
  if (node.type === "ConditionalExpression")
    return [...branches(node.consequent), ...branches(node.alternate)];
  if (node.type === "LogicalExpression") return [...branches(node.left), ...branches(node.right)];
  return [node];
}

/** The text of an expression, what varies in braces; null where it has no text of its own. */
function rendered(node, code) {
  if (isText(node)) return node.value;
  if (isSum(node)) {
    const [left, right] = [rendered(node.left, code), rendered(node.right, code)];
    if (left === null && right === null) return null;
    return (left ?? varying(node.left, code)) + (right ?? varying(node.right, code));
  }
  if (node.type === "CallExpression" && node.callee.property?.name === "join") {
    const list = node.callee.object;
    const between = node.arguments[0]?.value;
    if (list.type !== "ArrayExpression" || typeof between !== "string") return null;
    return list.elements.map((each) => rendered(each, code) ?? varying(each, code)).join(between);
  }
  if (node.type !== "TemplateLiteral") return null;
  return node.quasis
    .map(({ value }, at) => {
      const expression = node.expressions[at];
      return value.cooked + (expression === undefined ? "" : varying(expression, code));
    })
    .join("");
}

function varying(node, code) {
  return `{${code.slice(node.start, node.end).replaceAll(/\s+/g, " ").replaceAll(/[{}]/g, "")}}`;
}

/** Calls back for each node with those above it; what answers false is not gone into. */
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
  text: "What else is printed",
  help: "Help",
  key: "Keys of JSON and columns of SQL",
};

function listed(messages) {
  const lines = [];
  for (const [kind, heading] of Object.entries(headings)) {
    lines.push("", `# ${heading}`);
    let file = "";
    for (const message of messages.filter((each) => each.kind === kind)) {
      if (message.file !== file) lines.push("", message.file);
      file = message.file;
      lines.push(...message.text.split("\n").map((line, at) => `${at === 0 ? "  - " : "    "}${line}`));
      if (kind === "error") {
        const hint = message.hint === null ? "(worked out)" : message.hint;
        if (hint !== "") lines.push(...hint.split("\n").map((line) => `      ${line}`));
      }
    }
  }
  return lines
    .join("\n")
    .trimStart()
    .replaceAll(/[^\P{Cc}\n]/gu, "");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(listed(listMessages()));
