import fc from 'fast-check'

/** Text that is made of what markdown, HTML, terminals and GitHub act upon. */
export const hostile: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          '<',
          '>',
          '&',
          '"',
          "'",
          '|',
          '\\|',
          '`',
          '```',
          '*',
          '**',
          '_',
          '__',
          '~~',
          '[',
          ']',
          '](',
          '![',
          '(',
        ],
        ...[
          '@octocat',
          'me@evil.example',
          '#12',
          'GH-7',
          'http://evil.example',
          'HTTPS://x.example/y',
          '://',
        ],
        ...[
          'www.evil.example',
          '<!--',
          '-->',
          '</code>',
          '</details>',
          '<img src=x>',
          '\\',
          '\n',
          '\r',
          '\t',
          '\0',
        ],
        ...['\u001b[31m', '\u202e', '\u200b', '\u2066', ':tada:', '$x$', '- ', '1. ', '# ', '::error::'],
        ...['##[add-mask]', '\n::stop-commands::x\n', 'ß', '日本', '🚀', ' ', '=', '+', ','],
      ),
      fc.string({ unit: 'binary', maxLength: 5 }),
      fc.string({ maxLength: 5 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''))
