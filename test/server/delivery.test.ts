import { testDelivery } from "../support/deliverySuite";

testDelivery("the lobby");
