import tseslint from 'typescript-eslint';

/** Typed linting with the strict presets; what is switched off is named with its reason. */
export default tseslint.config(
  { ignores: ['node_modules', 'dist', 'coverage', 'state', 'eslint.config.js'] },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // Numbers in messages are this product's daily bread.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // Ports are objects of functions and are passed around as such.
      '@typescript-eslint/unbound-method': 'off',
      // Port implementations (in-memory doubles) are async by contract, with nothing to await.
      '@typescript-eslint/require-await': 'off',
      // Lengths in ISO 20022 count Unicode characters, which is just what spreading a string gives.
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
);
