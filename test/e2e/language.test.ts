import { testLanguage } from "../support/languageSuite";

testLanguage("newest");
