import { testLanguage } from "../support/languageSuite";

testLanguage("oldest");
