from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0001_people_and_circumstances'),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='id_number_next_index',
            field=models.CharField(blank=True, max_length=80, null=True, unique=True),
        ),
    ]
