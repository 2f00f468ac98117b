trigger Guard on Contact (before update) {
    if (!FeatureManagement.checkPermission('May_Opt_Out')) {
        for (contact person : trigger.new) {
            for (string name : schema.sobjecttype.contact.fields.getmap().keyset()) {
                object before = trigger.oldmap.get(person.id).get(name);
                if (before != null) {
                    person.put(name, before);
                }
            }
        }
    }
}
